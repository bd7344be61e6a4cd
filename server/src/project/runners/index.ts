// The table of runners. The first one that claims a folder has it, so those with the surest signs come first.
import { atlas } from './atlas';
import { dbmate } from './dbmate';
import { diesel } from './diesel';
import { drizzle } from './drizzle';
import { flyway } from './flyway';
import { golangMigrate } from './golang-migrate';
import { goose } from './goose';
import { hasura } from './hasura';
import { liquibase } from './liquibase';
import { nodePgMigrate } from './node-pg-migrate';
import { prisma } from './prisma';
import type { Runner } from './runner';
import { sqlx } from './sqlx';
import { supabase } from './supabase';

export { plain } from './plain';

export const runners: readonly Runner[] = [
  drizzle, prisma, supabase, liquibase, goose, dbmate, atlas, flyway, hasura, diesel, sqlx, nodePgMigrate, golangMigrate,
];
