// What fixes become in SQL.
import type { Writers } from '../../language';
import { addColumns } from './columns';
import { buildConcurrently } from './concurrently';
import { setMethod, setParts } from './index-shape';
import { addIndex, setOnDelete } from './keys';
import { setNullable } from './nullable';
import { removeIndex } from './remove-index';
import { splitMigration } from './split-migration';
import { dropLength, setTimeOrderedDefault, setType } from './types';

export const writers: Writers = {
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
  buildConcurrently,
  splitMigration,
  replaceText: ({ edits }) => edits,
};
