import { Controller, Get, Post, Body, Query, Headers, Logger } from '@nestjs/common';
import * as log4js from 'log4js';
import bunyan from 'bunyan';
import loglevel from 'loglevel';
import { createWriteStream } from 'node:fs';

log4js.configure({
  appenders: { file: { type: 'file', filename: '/var/log/clinic/clinic.log' } },
  categories: { default: { appenders: ['file'], level: 'info' } },
});

const access = createWriteStream('/var/log/clinic/access.log', { flags: 'a' });
const structured = bunyan.createLogger({ name: 'clinic' });
const fileLog = log4js.getLogger('clinic');

interface Booking {
  doctor: string;
  patient: string;
  slot: number;
}

class Trail {
  private readonly parts: string[] = [];

  note(key: string, value: string): this {
    this.parts.push(`${key}:${value}`);
    return this;
  }

  flush(): void {
    fileLog.info(this.parts.join(' ')); // flaw: log-injection
    this.parts.length = 0;
  }
}

function printable(value: unknown): string {
  return encodeURIComponent(String(value)).slice(0, 120);
}

@Controller('bookings')
export class BookingController {
  private readonly logger = new Logger(BookingController.name);

  @Get()
  list(@Query('doctor') doctor: string): unknown[] {
    this.logger.log(`listing bookings of ${doctor}`); // flaw: log-injection
    return [];
  }

  @Get('mine')
  mine(@Query('doctor') doctor: string): unknown[] {
    this.logger.log(`listing own bookings of ${printable(doctor)}`); // fine: log-injection
    return [];
  }

  @Post()
  create(@Body() booking: Booking): { ok: boolean } {
    new Trail().note('doctor', booking.doctor).note('patient', booking.patient).flush();
    return { ok: true };
  }

  @Post('slot')
  slot(@Body() booking: Booking): { ok: boolean } {
    const slot = Math.floor(Number(booking.slot));
    fileLog.info('slot %d requested', slot); // fine: log-injection
    return { ok: slot > 0 };
  }

  @Post('cancel')
  cancel(@Body() booking: Booking): { ok: boolean } {
    structured.info({ patient: booking.patient, doctor: booking.doctor }, 'cancelled'); // fine: log-injection
    return { ok: true };
  }

  @Get('ping')
  ping(@Query('tag') tag: string, @Headers('x-forwarded-for') forwarded: string): string {
    const source = forwarded ? forwarded : 'direct';
    const line = [new Date().toISOString(), source, tag].join('\t');
    access.write(line + '\n'); // flaw: log-injection
    return 'pong';
  }

  @Get('state')
  state(@Query('state') state: string): string {
    const known = ['open', 'taken'].find((s) => s === state) ?? 'other';
    loglevel.warn('state ' + known); // fine: log-injection
    return known;
  }

  @Post('import')
  import(@Body() rows: string[]): number {
    let failed = 0;
    for (const row of rows) {
      if (row.split(';').length !== 3) {
        failed += 1;
        console.error('malformed row ' + failed + ': ' + row); // flaw: log-injection
      }
    }
    return failed;
  }
}
