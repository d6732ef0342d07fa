declare module '*.vue' {
  import type { Component } from 'vue';

  /** The type of a single-file component for compilers that do not read Vue. */
  const component: Component;
  export { component as default };
}
