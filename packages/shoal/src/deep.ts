export * from '@shoal/deep-clustering';
