// One Prisma schema with as much in it as rules report, in the words of each database.

export const providers = ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver', 'mongodb'] as const;

export type Provider = (typeof providers)[number];

/** What the databases take instead of each other's. */
interface Words {
  readonly id: string;
  readonly counter: string;
  /** The type of a reference. */
  readonly ref: string;
  readonly short: string;
  readonly document: string;
  readonly ids: string;
  /** What a relation says of its rules so that no two ways of deleting lead to one table. */
  readonly rules: string;
}

const PLAIN: Words = {
  id: 'String @id @default(uuid())',
  counter: 'Int @id @default(autoincrement())',
  ref: 'String',
  short: 'String',
  document: 'Json',
  ids: 'Json',
  rules: '',
};

const WORDS: Readonly<Record<Provider, Words>> = {
  postgresql: { ...PLAIN, short: 'String @db.VarChar(80)', ids: 'String[]' },
  cockroachdb: { ...PLAIN, short: 'String @db.String(80)', counter: 'Int @id @default(sequence())', ids: 'String[]' },
  mysql: { ...PLAIN, short: 'String @db.VarChar(80)' },
  sqlite: PLAIN,
  sqlserver: { ...PLAIN, short: 'String @db.NVarChar(80)', document: 'String', ids: 'String', rules: ', onDelete: NoAction, onUpdate: NoAction' },
  mongodb: {
    ...PLAIN,
    id: 'String @id @default(auto()) @map("_id") @db.ObjectId',
    counter: 'String @id @default(auto()) @map("_id") @db.ObjectId',
    ref: 'String @db.ObjectId',
    ids: 'String[]',
  },
};

export function prismaSchema(provider: Provider, emulated: boolean): string {
  const { id, counter, ref, short, document, ids, rules } = WORDS[provider];
  return `datasource db {
  provider = "${provider}"
${emulated ? '  relationMode = "prisma"\n' : ''}}

generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["partialIndexes"]
}

model Org {
  id        ${id}
  name      ${short}
  users     User[]
  orders    Order[]
  createdAt DateTime @default(now())
  updatedAt DateTime @updatedAt
}

model User {
  id        ${id}
  email     String   @unique
  orgId     ${ref}
  org       Org      @relation(fields: [orgId], references: [id])
  role      String   @default("member")
  isDeleted Boolean  @default(false)
  deletedAt DateTime?
  createdAt DateTime
  updatedAt DateTime @default(now())
  orders    Order[]
  posts     Post[]
  profile   Profile?

  @@unique([orgId, email])
  @@index([orgId])
  @@index([isDeleted])
  @@index([createdAt, role])
  @@index([createdAt])
}

model Order {
  id         ${id}
  orgId      ${ref}
  org        Org      @relation(fields: [orgId], references: [id]${rules === '' ? ', onDelete: Cascade' : rules})
  userId     ${ref}
  user       User     @relation(fields: [userId], references: [id]${rules})
  customerId ${ref}
  tagIds     ${ids}
  price      Float
  status     String   @default("open") // open, paid, cancelled
  details    ${document}
  createdAt  DateTime @default(now())
  updatedAt  DateTime @updatedAt

  @@index([createdAt, orgId])
}

model Customer {
  id        ${id}
  name      String
  createdAt DateTime @default(now())
  updatedAt DateTime @updatedAt
}

model Tag {
  id        ${id}
  name      String
  createdAt DateTime @default(now())
  updatedAt DateTime @updatedAt
}

model Post {
  id        ${counter}
  title     String
  body      String
  authorId  ${ref}
  author    User     @relation(fields: [authorId], references: [id]${rules})
  createdAt DateTime @default(now())
  updatedAt DateTime @updatedAt
}

model Profile {
  id     ${id}
  userId ${ref} @unique
  user   User   @relation(fields: [userId], references: [id]${rules === '' ? ', onDelete: Cascade' : rules})
  bio    String
}
`;
}
