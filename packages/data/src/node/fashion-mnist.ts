import type { SplitDataset } from '../dataset.ts';
import { GARMENT_CLASS_NAMES } from '../garments/classes.ts';
import {
  loadPublishedImages,
  type PublishedImages,
  type PublishedImagesOptions,
} from './published-images.ts';

/** Fashion-MNIST (Xiao, Rasul & Vollgraf, arXiv:1708.07747, 2017; MIT license) as its authors publish it. */
const FASHION_MNIST: PublishedImages = {
  name: 'fashion-mnist',
  title: 'Fashion-MNIST',
  classNames: GARMENT_CLASS_NAMES,
  train: {
    images: {
      name: 'train-images-idx3-ubyte.gz',
      sha256: '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
    },
    labels: {
      name: 'train-labels-idx1-ubyte.gz',
      sha256: 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
    },
  },
  test: {
    images: {
      name: 't10k-images-idx3-ubyte.gz',
      sha256: '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
    },
    labels: {
      name: 't10k-labels-idx1-ubyte.gz',
      sha256: '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
    },
  },
  // The second address has no TLS, but the sums are checked.
  sources: [
    'https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/',
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
  ],
};

/**
 * Loads Fashion-MNIST: 60,000 training and 10,000 test images of 28 x 28 bytes, read with scale 1 / 255, in 10
 * classes. Looks in `dataDir`, `SHOAL_DATA_DIR`, the user's cache and `../shared/fashion-mnist`; else downloads
 * about 31 MB. Every file is checked against its published SHA-256 sum each time.
 *
 * @throws {ChecksumError} when a found file is damaged
 * @throws {DatasetUnavailableError} when the files are not found and cannot be downloaded
 * @throws the signal's reason when aborted
 */
export function loadFashionMnist(options: PublishedImagesOptions = {}): Promise<SplitDataset> {
  return loadPublishedImages(FASHION_MNIST, options);
}
