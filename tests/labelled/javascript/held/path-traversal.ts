import { Controller, Get, Post, Delete, Query, Param, Body, Res, StreamableFile, BadRequestException, ParseUUIDPipe } from '@nestjs/common';
import { createReadStream, promises as fsp, realpathSync } from 'fs';
import { join, resolve, relative, isAbsolute, extname, sep } from 'path';
import { Response } from 'express';

const LIBRARY = '/data/library';
const EXPORTS = '/data/exports';
const THEMES = new Map<string, string>([['plain', 'plain.css'], ['night', 'night.css']]);

interface MoveRequest {
  from: string;
  to: string;
}

class Shelf {
  private current = LIBRARY;

  enter(folder: string): this {
    this.current = this.current + '/' + folder;
    return this;
  }

  async list(): Promise<string[]> {
    return fsp.readdir(this.current); // flaw: path-traversal
  }
}

function within(root: string, candidate: string): string {
  const full = resolve(root, candidate);
  const rel = relative(root, full);
  if (rel === '..' || rel.startsWith('..' + sep) || isAbsolute(rel)) {
    throw new BadRequestException();
  }
  return full;
}

@Controller('library')
export class LibraryController {
  @Get('page')
  page(@Query('file') file: string): StreamableFile {
    return new StreamableFile(createReadStream(join(LIBRARY, file))); // flaw: path-traversal
  }

  @Get('chapter')
  chapter(@Query('file') file: string): StreamableFile {
    return new StreamableFile(createReadStream(within(LIBRARY, file))); // fine: path-traversal
  }

  @Get('shelf')
  shelf(@Query('section') section: string, @Query('row') row: string): Promise<string[]> {
    const shelf = new Shelf().enter(section);
    if (row) {
      shelf.enter(row);
    }
    return shelf.list();
  }

  @Get('theme/:name')
  theme(@Param('name') name: string, @Res() res: Response): void {
    const file = THEMES.get(name) ?? 'plain.css';
    res.sendFile(join('/srv/app/themes', file)); // fine: path-traversal
  }

  @Get('export/:id')
  async export(@Param('id', ParseUUIDPipe) id: string): Promise<StreamableFile> {
    const handle = await fsp.open(join(EXPORTS, `${id}.zip`), 'r'); // fine: path-traversal
    return new StreamableFile(handle.createReadStream());
  }

  @Post('move')
  async move(@Body() body: MoveRequest): Promise<void> {
    const targets: string[] = [];
    for (const part of [body.from, body.to]) {
      const cleaned = part.replace('../', '');
      targets.push(`${LIBRARY}/${cleaned}`);
    }
    await fsp.rename(targets[0], targets[1]); // flaw: path-traversal
  }

  @Delete('draft')
  async removeDraft(@Query('name') name: string): Promise<void> {
    if (extname(name) !== '.md') {
      throw new BadRequestException();
    }
    await fsp.unlink(resolve(LIBRARY, 'drafts', name)); // flaw: path-traversal
  }

  @Get('cover')
  async cover(@Query('name') name: string): Promise<StreamableFile> {
    const real = realpathSync(join(LIBRARY, 'covers', name));
    if (!real.startsWith(join(LIBRARY, 'covers') + sep)) {
      throw new BadRequestException();
    }
    return new StreamableFile(createReadStream(real)); // fine: path-traversal
  }
}
