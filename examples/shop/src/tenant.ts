import { PrismaClient } from './generated/prisma/client';
import { adapter } from './adapter';

const prisma = new PrismaClient({ adapter });

/** From here on the connection only sees the rows of one seller. */
export async function actAs(seller: string): Promise<void> {
  await prisma.$executeRaw`SELECT set_config('app.seller_id', ${seller}, false)`;
}
