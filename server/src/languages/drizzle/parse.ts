// What the front ends of TypeScript share.
export * from '../typescript/parse';
export { isModuleParsed as isDrizzleParsed, parseModule as parseDrizzle, type ModuleParsed as DrizzleParsed } from '../typescript/parse';
