/** Of the whiteboard: every key begins with "board.". */
export const board = {
} as const;
