// What the front ends of TypeScript share.
export * from '../typescript/compiler';
