import type { Writers } from '../../language';
export const write: Writers = {};
