import type { Writers } from '../../language';
export const writers: Writers = {};
