export * from '../index.ts';
export * from '@shoal/data/node';
