/** The three tasks of the report Shoal grew from. */
export const TASK_NAMES = ['kmeans', 'ae-kmeans', 'ae-gmm'] as const;
export type TaskName = (typeof TASK_NAMES)[number];

/** The report has as many clusters as classes. */
export const CLUSTERS = 10;

/** What the report printed as "accuracy". It is the NMI with geometric averaging, as a fraction. */
export const REPORTED: Readonly<Record<TaskName, { readonly train: number; readonly test: number }>> = {
  kmeans: { train: 0.5117809798851256, test: 0.5128135461974378 },
  'ae-kmeans': { train: 0.5298047319436358, test: 0.5276899300270792 },
  'ae-gmm': { train: 0.5323998056160747, test: 0.5322101204777998 },
};

/** A note for every place where the report's figures appear. */
export const REPORTED_NOTE =
  'The study\'s "accuracy" is normalized mutual information with geometric averaging (nmi.geometric), ' +
  'not the share of images put into the right class.';

/** A note for runs without Fashion-MNIST. */
export const FALLBACK_NOTE = "Fashion-MNIST was not available; these are Shoal's own garments.";

/** What each task does, in a sentence. */
export const TASK_EXPLANATIONS: Readonly<Record<TaskName, string>> = {
  kmeans: 'k-means groups the images by the brightness of their pixels.',
  'ae-kmeans': 'An autoencoder learns a short code of each image, and k-means groups the codes.',
  'ae-gmm': 'An autoencoder learns a short code of each image, and a Gaussian mixture groups the codes.',
};

export const TASK_TITLES: Readonly<Record<TaskName, string>> = {
  kmeans: 'k-means on pixels',
  'ae-kmeans': 'autoencoder + k-means',
  'ae-gmm': 'autoencoder + Gaussian mixture',
};
