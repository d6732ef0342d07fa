/** Something that is being computed: a map, a run. */
export interface Work {
  /** What is computed: "UMAP", "k-means". */
  readonly title: string;
  /** "neighbors", "layout"; undefined before it starts. */
  readonly phase: string | undefined;
  /** From 0 to 1; undefined where it is not known. */
  readonly share: number | undefined;
  readonly cancel: () => void;
}
