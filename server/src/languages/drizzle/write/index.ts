// Which intents the Drizzle front end can write; anything else has no quick fix here.
import type { Writers } from '../../language';
import { addColumns } from './columns';
import { addIndex, removeIndex } from './extra';
import { setMethod, setParts } from './index-shape';
import { setNullable } from './nullable';
import { setRows } from './rows';
import { keepUpdated, setNowDefault } from './times';
import { dropLength, setType } from './types';
import { setOnDelete, setTimeOrderedDefault } from './values';

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
  setRows,
  setNowDefault,
  keepUpdated,
  replaceText: ({ edits }) => edits,
};
