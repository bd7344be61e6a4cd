// The one list of what this product is made of: its languages and its rules.
import { code } from '../languages/code';
import { drizzle } from '../languages/drizzle';
import type { FrontEnd } from '../languages/language';
import { prisma } from '../languages/prisma';
import { sql } from '../languages/sql';

export { pages } from '../rules/pages.generated';
export { registry } from '../rules/registry.generated';

export const frontEnds: readonly FrontEnd[] = [prisma, drizzle, sql, code];
