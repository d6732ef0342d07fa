export * from '@shoal/deep-clustering';
// Finds TensorFlow.js's files in the installed package, and uses threads; it replaces the portable version.
export { createTensorBackend, type NodeTensorBackendOptions } from '@shoal/deep-clustering/node';
