import { inflateSync } from 'node:zlib';

/** A page of a PDF that Chromium made. */
export interface PdfPage {
  /** Its text in the order of drawing, a line for each block. */
  readonly text: string;
  /** Colors that areas are filled with, as red, green and blue from 0 to 255. */
  readonly fills: readonly (readonly [number, number, number])[];
}

/**
 * The pages of a PDF as Chromium writes it: objects one after another, streams deflated, and fonts with a table from glyphs to
 * Unicode. Other programs write PDF in other ways, which this does not read.
 */
export function pdfPages(file: Uint8Array): readonly PdfPage[] {
  const objects = objectsOf(Buffer.from(file).toString('latin1'));
  return [...objects.values()]
    .filter(({ head }) => /\/Type ?\/Page\b/.test(head))
    .map(({ head }) => {
      const fonts = new Map(
        Array.from(head.matchAll(/\/(F\d+) (\d+) 0 R/g), ([, name, id]) => [name, unicodeOf(objects, id)]),
      );
      const [, contents] = /\/Contents (\d+) 0 R/.exec(head)!;
      return readContents(objects.get(contents)!.stream, fonts);
    });
}

interface PdfObject {
  readonly head: string;
  readonly stream: string;
}

function objectsOf(text: string): ReadonlyMap<string, PdfObject> {
  const objects = new Map<string, PdfObject>();
  for (const { 1: id, 2: body } of text.matchAll(/(\d+) 0 obj\b([\s\S]*?)\bendobj/g)) {
    const [head] = body.split(/\bstream\r?\n/, 1);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const start = head.length + (/^stream\r?\n/.exec(body.slice(head.length))?.[0].length ?? 0);
    const bytes = Buffer.from(body.slice(start, start + length), 'latin1');
    const isText = head.includes('/FlateDecode') && !head.includes('/Subtype /Image');
    objects.set(id, { head, stream: isText ? inflateSync(bytes).toString('latin1') : '' });
  }
  return objects;
}

/** The text of each glyph of a font, by its number in hexadecimal digits. */
function unicodeOf(objects: ReadonlyMap<string, PdfObject>, font: string): ReadonlyMap<number, string> {
  const glyphs = new Map<number, string>();
  const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font)?.head ?? '')?.[1];
  const { stream = '' } = (table === undefined ? undefined : objects.get(table)) ?? {};
  for (const [, block] of stream.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, glyph, text] of block.matchAll(/<(\w+)> *<(\w+)>/g)) {
      glyphs.set(parseInt(glyph, 16), utf16(text));
    }
  }
  for (const [, block] of stream.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, first, last, text] of block.matchAll(/<(\w+)> *<(\w+)> *<(\w+)>/g)) {
      const start = parseInt(first, 16);
      for (let glyph = start; glyph <= parseInt(last, 16); glyph++) {
        glyphs.set(glyph, String.fromCodePoint(utf16(text).codePointAt(0)! + glyph - start));
      }
    }
  }
  return glyphs;
}

function utf16(digits: string): string {
  return Buffer.from(digits, 'hex').swap16().toString('utf16le');
}

function readContents(contents: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): PdfPage {
  let font: ReadonlyMap<number, string> = new Map();
  let text = '';
  const fills: [number, number, number][] = [];
  const token =
    /\/(?<name>F\d+) [\d.]+ Tf|<(?<glyphs>[0-9A-Fa-f]+)>|\bET\b|(?<color>[\d.]+ [\d.]+ [\d.]+) rg/g;
  for (const match of contents.matchAll(token)) {
    const [name, glyphs, color] = ['name', 'glyphs', 'color'].map((group) => groupOf(match, group));
    if (name !== undefined) font = fonts.get(name) ?? new Map();
    else if (glyphs !== undefined) {
      for (const [glyph] of glyphs.matchAll(/.{4}/g)) text += font.get(parseInt(glyph, 16)) ?? '';
    } else if (color === undefined) text += '\n';
    else {
      const [red, green, blue] = color.split(' ').map((part) => 255 * Number(part));
      fills.push([red, green, blue]);
    }
  }
  return { text, fills };
}

function groupOf({ groups }: RegExpExecArray, name: string): string | undefined {
  return groups?.[name];
}
