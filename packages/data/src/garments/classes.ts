/** Names of the ten classes that Fashion-MNIST and `garments` share, by label. */
export const GARMENT_CLASS_NAMES = [
  'T-shirt',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
] as const;
