// Everything the host sees. One instance serves one session: the host sets the sizes and addresses of the
// session's arrays, then has the functions work through ranges of points.
export * from './points';
export * from './kmeans';
export * from './mixture';
