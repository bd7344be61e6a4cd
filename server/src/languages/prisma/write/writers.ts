// Which intents can be written into a Prisma schema, and by whom.
import type { Writers } from '../../language';
import { addColumns } from './add-columns';
import { dropLength, setTimeOrderedDefault } from './columns';
import { useEnum } from './enums';
import { setMethod, setParts } from './index-shape';
import { addIndex, removeIndex } from './indexes';
import { useJunction } from './junctions';
import { addPrimaryKey } from './keys';
import { setDatabaseName, setIndexName } from './names';
import { addForeignKey } from './foreign-keys';
import { setNullable } from './nullable';
import { setOnDelete } from './relations';
import { setType } from './types';
import { setRows } from './rows';
import { enableRowSecurity } from './security';
import { keepUpdated, setNowDefault } from './times';

export const write: Writers = {
  setType,
  dropLength,
  addIndex,
  addPrimaryKey,
  addColumns,
  setTimeOrderedDefault,
  setOnDelete,
  setNullable,
  addForeignKey,
  removeIndex,
  setMethod,
  setParts,
  setRows,
  setNowDefault,
  keepUpdated,
  useEnum,
  useJunction,
  setDatabaseName,
  setIndexName,
  enableRowSecurity,
  replaceText: ({ edits }) => edits,
};
