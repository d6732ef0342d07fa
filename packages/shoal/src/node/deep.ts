export * from '@shoal/deep-clustering';
// Finds TensorFlow.js's files in the installed package, and uses threads; it takes the place of the portable one.
export { createTensorBackend, type NodeTensorBackendOptions } from '@shoal/deep-clustering/node';
