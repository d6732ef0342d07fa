/** Side of an image, in pixels; outlines are drawn in the same units, y downwards. */
export const side = 28;

/** The middle line of the image, in both directions. */
export const middle = side / 2;
