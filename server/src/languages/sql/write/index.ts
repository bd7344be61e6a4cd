// What fixes become in SQL.
import type { Writers } from '../../language';
import { addColumns } from './columns';
import { buildConcurrently } from './concurrently';
import { setNowDefault } from './defaults';
import { setMethod, setParts } from './index-shape';
import { addCheck, useEnum } from './enums';
import { useJunction } from './junctions';
import { addIndex, setOnDelete } from './keys';
import { setDatabaseName, setForeignKeyName, setIndexName } from './names';
import { addForeignKey } from './foreign-keys';
import { limitWait } from './lock-timeout';
import { setNullable } from './nullable';
import { addPrimaryKey } from './primary-keys';
import { removeIndex } from './remove-index';
import { writeRollback } from './rollback';
import { setRows } from './rows';
import { copyUsing, enableRowSecurity } from './security';
import { splitMigration } from './split-migration';
import { dropLength, setTimeOrderedDefault, setType } from './types';

export const writers: Writers = {
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
  buildConcurrently,
  splitMigration,
  limitWait,
  writeRollback,
  addCheck,
  useEnum,
  useJunction,
  setDatabaseName,
  setIndexName,
  setForeignKeyName,
  enableRowSecurity,
  copyUsing,
  replaceText: ({ edits }) => edits,
};
