/** A map that is being computed. */
export interface MapWork {
  /** What is computed: "UMAP". */
  readonly title: string;
  /** "neighbors", "layout"; undefined before it starts. */
  readonly phase: string | undefined;
  /** From 0 to 1; undefined where it is not known. */
  readonly share: number | undefined;
  readonly cancel: () => void;
}
