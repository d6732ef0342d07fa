import type { SpanningGlobals, SpanningThreadGlobals } from '../kernels.ts';
import { MemoryLayout, roomsOf, type RoomForEach } from '../memory-layout.ts';
import { threadsFor, type WorkOptions } from '../work.ts';
import type { SketchPlan } from './sketch.ts';
import type { HeldValues } from './values.ts';

/** The most points of a leaf, where sketches are the points and where they are not. */
const WHOLE_LEAF = 32;
const PART_LEAF = 128;
/** Coordinates by which nodes are compared where sketches are not the points: the others hardly add to a gap. */
const GAP_COLUMNS = 8;
/** Points in a group of a leaf; `GROUP` in assembly/space-tree.ts. */
const GROUP = 8;
/** Groups whose boxes lie side by side, and the bytes of these boxes; `BATCH` in assembly/word-blocks.ts. */
const BATCH = 8;
const BATCH_BYTES = 512;
/** Bytes of the box of a leaf, `LEAF_BOX_BYTES` there. */
const LEAF_BOX_BYTES = 64;
/** Bytes that may be written behind a list: room for eight numbers. */
const LIST_ROOM = 32;
/** The table of assembly/set-bits.ts: eight u16 for each mask. */
const BIT_TABLE_BYTES = 256 * 8 * 2;
/** Words of a sketch are padded to so many. */
const STEP_WORDS = 8;
/** The least number of neighbors that is found of each point, where there are as many: the first edges come from them. */
const MIN_LIST = 5;
/** The most neighbors that are kept of each point. */
const MAX_KEPT = 32;
/** Points that one call handles, about. */
const CALL_POINTS = 512;
/** Rows that one call sketches. */
const SKETCH_ROWS = 256;
/** Nodes that may wait in a walk: two for each level. */
const WAITING = 128;

/** Where the arrays of a session are, and how its work is divided. */
export interface SpanningPlan {
  readonly layout: MemoryLayout;
  readonly threads: number;
  /** Calls for all rows, and for all leaves. */
  readonly rowCalls: number;
  readonly leafCalls: number;
  readonly globals: SpanningGlobals;
  readonly globalsOf: (thread: number) => SpanningGlobals & SpanningThreadGlobals;
}

export function planSpanning(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  { data, scale }: HeldValues,
  sketch: SketchPlan,
  minSamples: number,
  work: WorkOptions,
): SpanningPlan {
  const layout = new MemoryLayout();
  const sizes = divideLeaves(rows, sketch);
  const { isWhole, sketchBytes, leaves, leafRows, leafBytes, leafBatches } = sizes;
  const callLeaves = Math.max(1, Math.floor(CALL_POINTS / leafRows));
  const evenColumns = 2 * Math.ceil(columns / 2);
  const listLength = Math.min(rows - 1, Math.max(minSamples, MIN_LIST));
  const threads = threadsFor(rows * sketch.columns * Math.min(rows, 2048), work);
  const rooms = reserveRooms(layout, threads, sizes, evenColumns, listLength);
  const keptLength = Math.min(listLength, MAX_KEPT);
  const globals = {
    rows,
    columns,
    values: layout.reserve(data.byteLength + 16),
    valueBytes: data.BYTES_PER_ELEMENT,
    valueScale: scale,
    sketchCenter: layout.reserve(8 * columns),
    directions: layout.reserve(8 * evenColumns * sketch.directionCount),
    directionCount: sketch.directionCount,
    sketchScale: sketch.scale,
    sketchColumns: sketch.columns,
    sketches: layout.reserve(sketchBytes * rows),
    sketchRows: SKETCH_ROWS,
    leaves,
    callLeaves,
    placeRows: layout.reserve(4 * rows),
    leafBlocks: layout.reserve(leafBytes * leaves),
    leafBytes,
    wordFrame: layout.reserve(8 * (1 + 2 * sketch.columns)),
    groupBoxes: layout.reserve(isWhole ? 0 : BATCH_BYTES * leafBatches * leaves),
    bitTable: layout.reserve(BIT_TABLE_BYTES),
    leafBatches,
    leafBoxes: layout.reserve(isWhole ? 0 : LEAF_BOX_BYTES * leaves),
    nodeBoxes: layout.reserve(4 * sketchBytes * leaves),
    gapBytes: isWhole ? sketchBytes : 4 * GAP_COLUMNS,
    listLength,
    keptLength,
    coreNeighbor: minSamples,
    coreSquares: layout.reserve(8 * rows),
    keptPlaces: layout.reserve(4 * rows * keptLength),
    keptReaches: layout.reserve(8 * rows),
    placeComponents: layout.reserve(4 * rows),
    componentWeights: layout.reserve(8 * rows),
    componentPlaces: layout.reserve(4 * rows),
    nodeComponents: layout.reserve(8 * leaves),
    nodeCores: layout.reserve(16 * leaves),
    edgePlaces: layout.reserve(4 * rows),
    edgeWeights: layout.reserve(8 * rows),
    edgeSquares: layout.reserve(8 * rows),
    edgeFloors: layout.reserve(8 * rows),
    isSettled: layout.reserve(rows),
    radiusCounts: layout.reserve(4 * rows),
    isCore: layout.reserve(rows),
    parents: layout.reserve(4 * rows),
    rootRows: layout.reserve(4 * rows),
  };
  return {
    layout,
    threads,
    rowCalls: Math.ceil(rows / SKETCH_ROWS),
    leafCalls: Math.ceil(leaves / callLeaves),
    globals,
    globalsOf: (thread) => ({ ...globals, ...roomsOf(rooms, thread) }),
  };
}

/** How points are divided into leaves, and the bytes that a sketch and a leaf take. */
function divideLeaves(rows: number, { directionCount, columns }: SketchPlan) {
  const isWhole = directionCount === 0;
  const sketchBytes = 16 * Math.ceil(columns / 4);
  const wordBytes = 2 * STEP_WORDS * Math.ceil(columns / STEP_WORDS);
  const leaves = 2 ** Math.max(0, Math.ceil(Math.log2(rows / (isWhole ? WHOLE_LEAF : PART_LEAF))));
  const leafRows = GROUP * Math.ceil(Math.ceil(rows / leaves) / GROUP);
  return {
    isWhole,
    sketchBytes,
    leaves,
    leafRows,
    leafBytes: leafRows * (isWhole ? sketchBytes : wordBytes),
    leafBatches: Math.ceil(leafRows / (GROUP * BATCH)),
  };
}

/** Reserves what each thread has of its own. */
function reserveRooms(
  layout: MemoryLayout,
  threads: number,
  { leafRows, sketchBytes }: { readonly leafRows: number; readonly sketchBytes: number },
  evenColumns: number,
  listLength: number,
): Readonly<Record<keyof SpanningThreadGlobals, RoomForEach>> {
  return {
    centeredRow: layout.reserveEach(threads, 8 * evenColumns),
    walkStack: layout.reserveEach(threads, 8 * WAITING),
    nearPoints: layout.reserveEach(threads, 2 * leafRows + LIST_ROOM),
    nearGroups: layout.reserveEach(threads, (2 * leafRows * leafRows) / GROUP + LIST_ROOM),
    pairs: layout.reserveEach(threads, 4 * leafRows * leafRows + LIST_ROOM),
    listSquares: layout.reserveEach(threads, 8 * leafRows * listLength),
    listPlaces: layout.reserveEach(threads, 4 * leafRows * listLength),
    sketchLimits: layout.reserveEach(threads, 4 * leafRows),
    wordLimits: layout.reserveEach(threads, 4 * leafRows),
    sketchSlacks: layout.reserveEach(threads, 8 * leafRows),
    searchers: layout.reserveEach(threads, 4 * leafRows),
    searchWeights: layout.reserveEach(threads, 8 * leafRows),
    searchBox: layout.reserveEach(threads, 2 * sketchBytes),
  };
}
