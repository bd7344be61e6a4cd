// Which intents the Drizzle front end can write; anything else has no quick fix here.
import type { Writers } from '../../language';
import { useArrayForm } from './array-form';
import { addColumns } from './columns';
import { addCheck, useEnum } from './enums';
import { addIndex, removeIndex } from './extra';
import { setMethod, setParts } from './index-shape';
import { useJunction } from './junctions';
import { addPrimaryKey } from './keys';
import { setForeignKeyName } from './named-references';
import { setDatabaseName, setIndexName } from './names';
import { addForeignKey } from './foreign-keys';
import { setNullable } from './nullable';
import { setNulls } from './order';
import { setRows } from './rows';
import { copyUsing, enableRowSecurity } from './security';
import { setType } from './set-type';
import { keepUpdated, setNowDefault } from './times';
import { dropLength } from './types';
import { setOnDelete, setTimeOrderedDefault } from './values';

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
  keepUpdated,
  addCheck,
  useEnum,
  useJunction,
  setDatabaseName,
  setIndexName,
  setForeignKeyName,
  setNulls,
  useArrayForm,
  enableRowSecurity,
  copyUsing,
  replaceText: ({ edits }) => edits,
};
