import { Controller, Post, Body, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import * as libxml from 'libxmljs';
import * as sax from 'sax';
import { XmlDocument, ParseOption } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { DOMParser } from '@xmldom/xmldom';

xmlRegisterFsInputProviders();

interface ParseSettings {
  noent?: boolean;
  dtdload?: boolean;
  nonet?: boolean;
}

const EXPAND: ParseSettings = { noent: true, dtdload: true };
const PLAIN: ParseSettings = { noent: false, nonet: true };

class DocumentLoader {
  private settings: ParseSettings = {};

  expandEntities(on: boolean): this {
    this.settings.noent = on;
    return this;
  }

  load(xml: string): libxml.Document {
    return libxml.parseXmlString(xml, this.settings); // flaw: xxe
  }
}

function settingsFor(kind: string): ParseSettings {
  if (kind === 'sepa') {
    return EXPAND;
  }
  return EXPAND.noent ? { ...EXPAND, nonet: true } : PLAIN;
}

@Controller('xml')
export class XmlController {
  @Post('statement')
  @UseInterceptors(FileInterceptor('file'))
  statement(@UploadedFile() file: Express.Multer.File): { owner: string } {
    const doc = libxml.parseXml(file.buffer.toString('utf8'), { noent: true }); // flaw: xxe
    return { owner: (doc.get('//owner') as libxml.Element).text() };
  }

  @Post('balance')
  @UseInterceptors(FileInterceptor('file'))
  balance(@UploadedFile() file: Express.Multer.File): { amount: string } {
    const doc = libxml.parseXml(file.buffer.toString('utf8'), PLAIN); // fine: xxe
    return { amount: (doc.get('//amount') as libxml.Element).text() };
  }

  @Post('manifest')
  manifest(@Body('xml') xml: string): { root: string } {
    const doc = new DocumentLoader().expandEntities(true).load(xml);
    return { root: (doc.root() as libxml.Element).text() };
  }

  @Post('payment/:kind')
  payment(@Body('kind') kind: string, @Body('xml') xml: string): { reference: string } {
    const settings = settingsFor(kind);
    const doc = libxml.parseXml(xml, settings); // flaw: xxe
    return { reference: (doc.get('//reference') as libxml.Element).text() };
  }

  @Post('tags')
  tags(@Body('xml') xml: string): { tags: string[] } {
    const names: string[] = [];
    const parser = sax.parser(true, {});
    parser.onopentag = (tag) => names.push(tag.name);
    parser.write(xml).close(); // fine: xxe
    return { tags: names };
  }

  @Post('outline')
  outline(@Body('xml') xml: string): { name: string } {
    const doc = new DOMParser().parseFromString(xml, 'text/xml'); // fine: xxe
    return { name: doc.documentElement ? doc.documentElement.nodeName : '' };
  }

  @Post('sheet')
  sheet(@Body('xml') xml: string): { title: string } {
    let flags = ParseOption.XML_PARSE_NOBLANKS;
    flags |= ParseOption.XML_PARSE_NOENT | ParseOption.XML_PARSE_DTDLOAD;
    const doc = XmlDocument.fromString(xml, { option: flags }); // flaw: xxe
    try {
      return { title: doc.root.content };
    } finally {
      doc.dispose();
    }
  }

  @Post('row')
  row(@Body('xml') xml: string): { title: string } {
    const doc = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NOBLANKS | ParseOption.XML_PARSE_NONET }); // fine: xxe
    try {
      return { title: doc.root.content };
    } finally {
      doc.dispose();
    }
  }
}
