import type { ColumnType } from '../table/table.ts';
import type { ColumnRole } from './options.ts';

/** Whether values of a type can have a role. */
export function canBe(type: ColumnType, role: ColumnRole): boolean {
  switch (role) {
    case 'number':
    case 'category':
    case 'boolean':
    case 'date':
      return type !== 'vector' && type !== 'bytes';
    case 'vector':
      return type === 'vector';
    case 'text':
    case 'id':
    case 'left-out':
      return true;
  }
}
