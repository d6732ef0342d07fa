export * from '@shoal/viewer';
