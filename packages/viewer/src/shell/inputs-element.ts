import { LitElement } from 'lit';
import type { ClusteringData } from '../data/types.ts';
import { DataSource, type SourceHost } from './data-source.ts';
import type { ViewerInputs } from './inputs.ts';

/** The properties by which a page gives a viewer its data, piece by piece. */
export abstract class InputsElement extends LitElement implements SourceHost {
  /** @internal */
  protected readonly source = new DataSource(this);

  /** The points that were clustered, N x D. Properties that are set in one task are combined once. */
  get points(): ViewerInputs['points'] {
    return this.source.inputs.points;
  }

  set points(points: ViewerInputs['points']) {
    this.source.give('points', points);
  }

  /** Cluster of each point, a number from 0 or a word; default the model's. */
  get labels(): ViewerInputs['labels'] {
    return this.source.inputs.labels;
  }

  set labels(labels: ViewerInputs['labels']) {
    this.source.give('labels', labels);
  }

  /** Names of the columns of `points`. */
  get columnNames(): ViewerInputs['columnNames'] {
    return this.source.inputs.columnNames;
  }

  set columnNames(columnNames: ViewerInputs['columnNames']) {
    this.source.give('columnNames', columnNames);
  }

  /** Columns to show and to compare clusters by: arrays by name, or a table of Apache Arrow. */
  get columns(): ViewerInputs['columns'] {
    return this.source.inputs.columns;
  }

  set columns(columns: ViewerInputs['columns']) {
    this.source.give('columns', columns);
  }

  /** What the page calls each point; shown as a column. */
  get ids(): ViewerInputs['ids'] {
    return this.source.inputs.ids;
  }

  set ids(ids: ViewerInputs['ids']) {
    this.source.give('ids', ids);
  }

  /** A text for each point; shown as a column. */
  get texts(): ViewerInputs['texts'] {
    return this.source.inputs.texts;
  }

  set texts(texts: ViewerInputs['texts']) {
    this.source.give('texts', texts);
  }

  /** Names of the classes, where `classes` has their numbers. */
  get classNames(): ViewerInputs['classNames'] {
    return this.source.inputs.classNames;
  }

  set classNames(classNames: ViewerInputs['classNames']) {
    this.source.give('classNames', classNames);
  }

  /** A model of `@shoal/core`, or only centroids. */
  get model(): ViewerInputs['model'] {
    return this.source.inputs.model;
  }

  set model(model: ViewerInputs['model']) {
    this.source.give('model', model);
  }

  /** Images of the points: bytes, a matrix of bytes, or a sprite. */
  get images(): ViewerInputs['images'] {
    return this.source.inputs.images;
  }

  set images(images: ViewerInputs['images']) {
    this.source.give('images', images);
  }

  /** True classes, to compare with. */
  get classes(): ViewerInputs['classes'] {
    return this.source.inputs.classes;
  }

  set classes(classes: ViewerInputs['classes']) {
    this.source.give('classes', classes);
  }

  /** Values over the iterations or epochs of the fit. */
  get history(): ViewerInputs['history'] {
    return this.source.inputs.history;
  }

  set history(history: ViewerInputs['history']) {
    this.source.give('history', history);
  }

  /** @internal */
  abstract onData(data: ClusteringData | undefined): void;

  /** @internal */
  abstract onFailure(error: Error): void;
}
