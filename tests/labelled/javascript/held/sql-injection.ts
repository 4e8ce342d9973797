import { Controller, Get, Post, Param, Query, Body, ParseIntPipe } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, DataSource } from 'typeorm';
import { PrismaClient, Prisma } from '@prisma/client';
import knexFactory, { Knex } from 'knex';
import { Member } from './member.entity';

const knex: Knex = knexFactory({ client: 'pg', connection: process.env.PG_URL });
const prisma = new PrismaClient();
const COLUMNS = ['name', 'joined', 'city'] as const;

interface ReportRequest {
  groupBy: string;
  from: string;
  to: string;
}

class ReportBuilder {
  private readonly where: string[] = [];

  since(day: string): this {
    this.where.push(`created_at >= '${day}'`);
    return this;
  }

  until(day: string): this {
    this.where.push(`created_at < '${day}'`);
    return this;
  }

  toSql(): string {
    return 'SELECT city, count(*) FROM member WHERE ' + this.where.join(' AND ') + ' GROUP BY city';
  }
}

@Controller('members')
export class MemberController {
  constructor(
    @InjectRepository(Member) private readonly members: Repository<Member>,
    private readonly source: DataSource,
  ) {}

  @Get('search')
  search(@Query('q') q: string): Promise<Member[]> {
    return this.members.createQueryBuilder('m').where(`m.name LIKE '%${q}%'`).getMany(); // flaw: sql-injection
  }

  @Get('lookup')
  lookup(@Query('q') q: string): Promise<Member[]> {
    return this.members.createQueryBuilder('m').where('m.name LIKE :q', { q: `%${q}%` }).getMany(); // fine: sql-injection
  }

  @Get('city/:city')
  byCity(@Param('city') city: string): Promise<unknown> {
    return prisma.$queryRaw`SELECT id, name FROM member WHERE city = ${city}`; // fine: sql-injection
  }

  @Get('country/:code')
  byCountry(@Param('code') code: string): Promise<unknown> {
    const statement = 'SELECT id, name FROM member WHERE country = "' + code + '"';
    return prisma.$queryRawUnsafe(statement); // flaw: sql-injection
  }

  @Get('region/:code')
  byRegion(@Param('code') code: string): Promise<unknown> {
    return prisma.$queryRawUnsafe('SELECT id, name FROM member WHERE region = $1', code); // fine: sql-injection
  }

  @Post('report')
  report(@Body() body: ReportRequest): Promise<unknown> {
    const sql = new ReportBuilder().since(body.from).until(body.to).toSql();
    return this.source.query(sql); // flaw: sql-injection
  }

  @Get('sorted')
  sorted(@Query('by') by: string): Promise<unknown> {
    const column = COLUMNS.find((c) => c === by) ?? 'name';
    return knex('member').select('id', 'name').orderByRaw(`${column} NULLS LAST`); // fine: sql-injection
  }

  @Get('ranked')
  ranked(@Query('by') by: string): Promise<unknown> {
    return this.rank(by || 'joined');
  }

  @Get(':id/logins')
  logins(@Param('id', ParseIntPipe) id: number): Promise<unknown> {
    return knex.raw(`SELECT at, ip FROM login WHERE member_id = ${id} ORDER BY at DESC`).then((r) => r.rows); // fine: sql-injection
  }

  @Get('many')
  many(@Query('ids') ids: string): Promise<unknown> {
    const list = Prisma.join(ids.split(','));
    return prisma.$queryRaw(Prisma.sql`SELECT id, name FROM member WHERE code IN (${list})`); // fine: sql-injection
  }

  private rank(expression: string): Promise<unknown> {
    return knex('member').select(knex.raw(`id, rank() over (order by ${expression}) as position`)); // flaw: sql-injection
  }
}
