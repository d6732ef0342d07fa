import '@shoal/viewer';
