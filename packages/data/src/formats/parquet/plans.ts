import type { SchemaElement, SchemaTree } from 'hyparquet';
import { isListLike } from 'hyparquet/src/schema.js';
import { BytesReader } from './bytes-column.ts';
import type { ColumnPlan } from './column-reader.ts';
import { JsonReader } from './json-column.ts';
import { largeIntegersNote } from '../columnar/notes.ts';
import type { Leaf } from './leaves.ts';
import { NumberReader } from './number-column.ts';
import { numberTypeOf } from './number-types.ts';
import { TextReader, type TextAt } from './text-column.ts';
import { int64At, utf8At, uuidAt } from './texts.ts';
import { VectorReader } from './vector-column.ts';

/** The columns of the table, from those of the file: structures become columns called "outer.inner". */
export function plansOf(root: SchemaTree, leaves: readonly Leaf[]): readonly ColumnPlan[] {
  return root.children.flatMap((field) => {
    const own = leaves.filter(({ path }) => path[1] === field);
    return plansOfNode(field, { name: field.element.name, field, leaves: own, inner: [] });
  });
}

interface Place {
  readonly name: string;
  /** The column of the file's first level, and its leaves. */
  readonly field: SchemaTree;
  readonly leaves: readonly Leaf[];
  /** Names from the field to this node. */
  readonly inner: readonly string[];
}

function plansOfNode(node: SchemaTree, place: Place): readonly ColumnPlan[] {
  const { name, leaves, inner } = place;
  const { element, children } = node;
  const isList = element.repetition_type === 'REPEATED' || isListLike(node);
  const isPlainStruct =
    !isList && children.length > 0 && !isMap(element) && element.logical_type?.type !== 'VARIANT';
  if (isPlainStruct) {
    const isImage = isImageStruct(node);
    return children.flatMap((child) => {
      const own = child.element.name;
      // An image with its name, as Hugging Face's data sets have it.
      const column = isImage && own === 'bytes' ? name : `${name}.${own}`;
      return plansOfNode(child, { ...place, name: column, inner: [...inner, own] });
    });
  }
  const json = jsonPlan(place);
  if (children.length === 0 && !isList) {
    const leaf = leaves.find(({ path }) => path[path.length - 1] === node);
    return leaf === undefined ? [] : [leafPlan(name, leaf)];
  }
  const vector = isList ? vectorPlan(node, place) : undefined;
  return [vector === undefined ? json : { ...vector, otherwise: json }];
}

function isMap({ converted_type: old, logical_type: logical }: SchemaElement): boolean {
  return old === 'MAP' || old === 'MAP_KEY_VALUE' || logical?.type === 'MAP';
}

function isImageStruct({ children }: SchemaTree): boolean {
  const names = children.map(({ element }) => element.name).sort();
  const bytes = children.find(({ element }) => element.name === 'bytes');
  return names.join() === 'bytes,path' && bytes?.element.type === 'BYTE_ARRAY' && !isText(bytes.element);
}

function jsonPlan({ name, field, leaves, inner }: Place): ColumnPlan {
  return { name, leaves, open: (extent) => new JsonReader(name, field, inner, extent) };
}

/** A plan for lists of numbers, which may be in lists themselves; undefined for others. */
function vectorPlan(node: SchemaTree, { name, leaves }: Place): ColumnPlan | undefined {
  const own = leaves.filter(({ path }) => path.includes(node));
  const type = own.length === 1 ? numberTypeOf(own[0].element) : undefined;
  if (type?.type !== 'number') return undefined;
  return { name, leaves: own, open: (extent) => new VectorReader(name, type, own[0].maxRepetition, extent) };
}

function leafPlan(name: string, leaf: Leaf): ColumnPlan {
  const { element } = leaf;
  const leaves = [leaf];
  const textPlan = (textAt: TextAt, stored?: string, note?: string): ColumnPlan => ({
    name,
    leaves,
    open: (extent) =>
      new TextReader({ name, textAt, ...(stored && { stored }), ...(note && { note }) }, extent),
  });
  const type = numberTypeOf(element);
  if (type !== undefined) {
    const signed = type.stored === 'int64';
    const otherwise = type.exact
      ? textPlan(int64At(signed), type.stored, largeIntegersNote(name))
      : undefined;
    return { name, leaves, open: (extent) => new NumberReader(name, type, extent), otherwise };
  }
  const { converted_type: old, logical_type: logical } = element;
  if (logical?.type === 'UUID') return textPlan(uuidAt, 'uuid');
  if (logical?.type === 'JSON' || old === 'JSON') return textPlan(utf8At, 'json');
  if (logical?.type === 'ENUM' || old === 'ENUM') return textPlan(utf8At, 'enum');
  if (isText(element)) return textPlan(utf8At);
  const areBytes = element.type === 'FIXED_LEN_BYTE_ARRAY' || old === 'BSON' || leaf.path.length > 2;
  return { name, leaves, open: () => new BytesReader(name, areBytes) };
}

function isText({ converted_type: old, logical_type: logical }: SchemaElement): boolean {
  return old === 'UTF8' || logical?.type === 'STRING';
}
