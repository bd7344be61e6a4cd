// Which intents can be written into a Prisma schema, and by whom.
import type { Writers } from '../../language';
import { addColumns } from './add-columns';
import { dropLength, setTimeOrderedDefault, setType } from './columns';
import { setMethod, setParts } from './index-shape';
import { addIndex, removeIndex } from './indexes';
import { setNullable } from './nullable';
import { setOnDelete } from './relations';

export const write: Writers = {
  setType,
  dropLength,
  addIndex,
  addColumns,
  setTimeOrderedDefault,
  setOnDelete,
  setNullable,
  removeIndex,
  setMethod,
  setParts,
  replaceText: ({ edits }) => edits,
};
