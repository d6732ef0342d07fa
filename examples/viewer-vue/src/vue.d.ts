declare module '*.vue' {
  import type { Component } from 'vue';

  /** What a single-file component is to compilers that do not read Vue. */
  const component: Component;
  export { component as default };
}
