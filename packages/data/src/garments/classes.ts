/** Names of the ten classes that Fashion-MNIST and `garments` share, by label. */
export const garmentClassNames = [
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
