import '@shoal/viewer/standalone';
