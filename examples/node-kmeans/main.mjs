// Sorts pictures of clothes into ten groups only by similarity, then measures how well the groups match the true
// classes.
import { adjustedRandIndex, garments, kmeans, openEngine } from 'shoal';

const engine = await openEngine();
console.log(`Computing with ${engine.reason}`);

// 2,000 training and 1,000 test pictures; nothing is downloaded.
const { train, test } = await garments({ train: 2000, test: 1000, seed: 1 });
const model = await kmeans(train.points, 10, { seed: 1, engine });
model.inertiaHistory.forEach((inertia, i) => {
  console.log(`Assignment ${i + 1}: inertia ${inertia.toFixed(1)}`);
});

const predicted = await model.predict(test.points);
const agreement = adjustedRandIndex(test.labels, predicted);
console.log(`Adjusted Rand index of the test pictures against their classes: ${agreement.toFixed(3)}`);
engine.destroy();
