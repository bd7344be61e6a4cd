// PostgreSQL's DDL for nodes of the model: what is declared in any language, and what migrations have left.
export { addColumn, alterTable, columnDefinition, dropColumn, dropDefault, dropNotNull, setDefault, setNotNull, setType } from './columns';
export { sqlDefault } from './defaults';
export { addConstraint, constraintClause, createIndex, dropConstraint, dropIndex, isConstraint } from './keys';
export { identifier, identifiers, qualified, spellingOf, stringConstant, type Spelling } from './spelling';
export { addEnumValue, createEnum, createPolicy, createTable, dropEnum, dropPolicy, dropTable, setRowSecurity } from './tables';
export { sqlType } from './types';
