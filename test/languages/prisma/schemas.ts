// Schemas that several tests share. Prisma accepts all of them, which oracle.test.ts checks.

/** Something of everything, for PostgreSQL. */
export const rich = `// é😀 A schema with something of everything.
generator client {
  provider        = "prisma-client"
  output          = "./generated"
  previewFeatures = ["views", "partialIndexes"]
}

datasource db {
  provider = "postgresql" // the usual one
  schemas  = ["public", "audit"]
}

/// People.
model User {
  id        String    @id @default(uuid()) @db.Uuid
  email     String    @unique @db.VarChar(320) // é😀
  handle    String    @map("nick_name") @db.Citext
  role      Role      @default(MEMBER)
  age       Int?      @db.SmallInt
  balance   Decimal   @default(0) @db.Decimal(12, 2)
  settings  Json      @default("{\\"a\\": \\"// no comment /*\\"}")
  tags      String[]  @default([])
  search    Unsupported("tsvector")?
  manager   User?     @relation("manages", fields: [managerId], references: [id], onDelete: SetNull, onUpdate: NoAction)
  managerId String?   @map("manager_id") @db.Uuid
  reports   User[]    @relation("manages")
  posts     Post[]
  createdAt DateTime  @default(now()) @map("created_at") @db.Timestamptz(3)
  updatedAt DateTime  @updatedAt @map("updated_at")
  deletedAt DateTime? @map("deleted_at") @db.Timestamp(6)

  @@unique([email, handle], name: "login", map: "users_login_key")
  @@index([settings(ops: JsonbPathOps)], type: Gin)
  @@index([createdAt(sort: Desc), role], where: raw("deleted_at IS NULL"))
  @@index([managerId]) // the team
  @@map("users")
  @@schema("public")
}

model Post {
  authorId String    @db.Uuid
  slug     String
  /* a comment
     } over lines */
  author   User      @relation(fields: [authorId], references: [id], onDelete: Cascade)
  comments Comment[]

  @@id([authorId, slug])
  @@schema("public")
}

model Comment {
  id         Int    @id @default(autoincrement())
  postAuthor String @db.Uuid
  postSlug   String
  post       Post   @relation(fields: [postAuthor, postSlug], references: [authorId, slug])
  labels     Label[]

  @@index([postAuthor, postSlug], map: "by_post")
  @@map("comments")
  @@schema("audit")
}

model Label {
  id    String @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  on    Comment[]
  null  String @default("x") /* a name like any other */
  old   Int?   @ignore

  @@schema("public")
}

view ActiveUser {
  id    String @unique @db.Uuid
  email String

  @@map("active_users")
  @@schema("public")
}

model Legacy {
  id   Int    @id
  data String

  @@ignore
  @@schema("audit")
}

enum Role {
  ADMIN  @map("admin")
  MEMBER // the default

  @@map("user_role")
  @@schema("public")
}
`;

export const mongo = `datasource db {
  provider = "mongodb"
}

type Address {
  street String
  city   String @map("town")
}

model Customer {
  id        String   @id @default(auto()) @map("_id") @db.ObjectId
  address   Address
  visits    DateTime[]
  createdAt DateTime @default(now())

  @@index([address.city])
}
`;

export const mysql = `datasource db {
  provider     = "mysql"
  relationMode = "prisma"
}

model Team {
  id      Int      @id @default(autoincrement()) @db.UnsignedInt
  title   String   @db.VarChar(100)
  body    String   @db.Text
  flag    Boolean  @default(true) @db.TinyInt
  at      DateTime @default(now()) @db.Timestamp(0)
  started DateTime
  members Member[]

  @@unique([title(length: 10, sort: Desc)])
  @@fulltext([title, body])
}

model Member {
  id     String @id @default(cuid())
  team   Team   @relation(fields: [teamId], references: [id])
  teamId Int    @db.UnsignedInt

  @@index([teamId])
}
`;

export const sqlite = `datasource db {
  provider = "sqlite"
}

model Note {
  id   Int      @id @default(autoincrement())
  text String   @default("é😀")
  at   DateTime @default(now())
  size BigInt   @default(9007199254740993)
  rate Float    @default(-1.5)
  raw  Bytes
}
`;

export const sqlserver = `datasource db {
  provider = "sqlserver"
}

model Item {
  id    String   @id(map: "PK_Item") @default(dbgenerated("newid()")) @db.UniqueIdentifier
  name  String   @db.NVarChar(Max)
  short String
  at    DateTime @db.DateTimeOffset
  seen  DateTime
  on    Boolean  @db.Bit
  cost  Decimal
}
`;

export const cockroach = `datasource db {
  provider = "cockroachdb"
}

model Thing {
  id   BigInt   @id @default(sequence())
  name String   @db.String(20)
  at   DateTime
  size Int      @db.Int2
}
`;

/** PostgreSQL's types, names that are too long, and other things that need no comment. */
export const types = `datasource pg {
  provider = "postgresql"
}

model AModelWhoseNameIsAlreadyRatherLongAsNamesOfModelsGo {
  aFieldWhoseNameIsRatherLongToo        Int      @id @default(autoincrement())
  anotherFieldWhoseNameIsNotShortEither String   @unique
  big        BigInt    @default(autoincrement())
  bool       Boolean   @default(true)
  float      Float
  real       Float     @pg.Real
  plain      Decimal
  json       Json      @pg.Json
  bytes      Bytes
  day        DateTime  @pg.Date
  clock      DateTime  @pg.Time(3)
  zonedClock DateTime  @pg.Timetz(6)
  zoned      DateTime  @pg.Timestamptz
  naive      DateTime  @pg.Timestamp(0)
  many       DateTime[] @pg.Timestamptz(3)
  short      String    @pg.Char(2)
  some       String    @pg.VarChar(20)
  any        String    @pg.VarChar
  größe      Int       @map("size in cm")
  other      Int       @map("ünï")

  @@index([aFieldWhoseNameIsRatherLongToo, anotherFieldWhoseNameIsNotShortEither])
  @@unique([größe, other])
}
`;

/** Without a data source, as one file of several has it. */
export const models = `model A {
  id Int @id
  bs B[]
}
model B {
  id  Int @id
  aId Int
  a   A   @relation(fields: [aId], references: [id])
} model C {
  id Int @id
}`;

export const valid: Readonly<Record<string, string>> = { rich, types, mongo, mysql, sqlite, sqlserver, cockroach };
