/** Keys held during a gesture. */
export type Modifiers = Pick<PointerEvent, 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** The actions of gestures; places are in CSS pixels from the element's left and top. */
export interface GestureHandlers {
  /** Whether dragging draws an area instead of moving the map. */
  readonly drawsArea: () => boolean;
  hover(x: number, y: number): void;
  leave(): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  tap(x: number, y: number, isTouch: boolean, modifiers: Modifiers): void;
  doubleTap(x: number, y: number, isTouch: boolean): void;
  areaStart(x: number, y: number): void;
  areaMove(x: number, y: number): void;
  areaEnd(modifiers: Modifiers): void;
  areaCancel(): void;
}

/** CSS pixels that a pointer may move during a tap; fingers move more. */
const SLACK = { mouse: 4, touch: 10 } as const;
/** Two taps within this many milliseconds and CSS pixels are a double tap. */
const DOUBLE = { time: 350, distance: 24 } as const;
/** Zoom per pixel of the wheel: a step of a usual mouse, 100 pixels, zooms by a fifth. */
const WHEEL = 0.0018;
/** Pixels of a line and of a page, for wheels that report these units. */
const WHEEL_UNITS = [1, 16, 400];

interface Contact {
  x: number;
  y: number;
}

type Phase = 'idle' | 'pressed' | 'panning' | 'drawing' | 'pinching';

/**
 * Recognizes gestures of a mouse, a pen or fingers: hover, tap, double tap, drag, two-finger pinch and wheel. One state
 * machine handles all of them, with pointer events.
 */
export class PointerGestures {
  readonly #element: HTMLElement;
  readonly #handlers: GestureHandlers;
  readonly #listening = new AbortController();
  readonly #contacts = new Map<number, Contact>();
  #phase: Phase = 'idle';
  #pressedAt: Contact = { x: 0, y: 0 };
  #hoveredAt: Contact | undefined;
  #drawsNow = false;
  #lastTap: (Contact & { readonly time: number }) | undefined;

  constructor(element: HTMLElement, handlers: GestureHandlers) {
    this.#element = element;
    this.#handlers = handlers;
    const { signal } = this.#listening;
    element.addEventListener(
      'pointerdown',
      (event) => {
        this.#down(event);
      },
      { signal },
    );
    element.addEventListener(
      'pointermove',
      (event) => {
        this.#move(event);
      },
      { signal },
    );
    element.addEventListener(
      'pointerup',
      (event) => {
        this.#up(event);
      },
      { signal },
    );
    element.addEventListener(
      'pointercancel',
      () => {
        this.cancel();
      },
      { signal },
    );
    element.addEventListener(
      'pointerleave',
      ({ pointerType }) => {
        // A lifted finger also fires a leave event, but the point that it tapped stays hovered.
        if (this.#phase === 'idle' && pointerType !== 'touch') handlers.leave();
      },
      { signal },
    );
    element.addEventListener(
      'wheel',
      (event) => {
        this.#wheel(event);
      },
      { signal, passive: false },
    );
  }

  destroy(): void {
    this.#listening.abort();
  }

  /** Cancels a gesture. @returns whether there was one */
  cancel(): boolean {
    const active = this.#phase !== 'idle';
    if (this.#phase === 'drawing') this.#handlers.areaCancel();
    this.#phase = 'idle';
    this.#contacts.clear();
    return active;
  }

  #down(event: PointerEvent): void {
    const isMiddle = event.button === 1;
    if (event.button !== 0 && !isMiddle) return;
    // A middle click would start the browser's own scrolling.
    if (isMiddle) event.preventDefault();
    const { x, y } = this.#place(event);
    this.#element.setPointerCapture(event.pointerId);
    this.#contacts.set(event.pointerId, { x, y });
    if (this.#contacts.size === 1) {
      this.#phase = 'pressed';
      this.#pressedAt = { x, y };
      this.#drawsNow = this.#handlers.drawsArea() && !isMiddle;
    } else {
      if (this.#phase === 'drawing') this.#handlers.areaCancel();
      this.#phase = 'pinching';
    }
  }

  #move(event: PointerEvent): void {
    const { x, y } = this.#place(event);
    const contact = this.#contacts.get(event.pointerId);
    if (contact === undefined) {
      // Browsers send move events without movement when the element under the pointer changes.
      const moved = x !== this.#hoveredAt?.x || y !== this.#hoveredAt.y;
      this.#hoveredAt = { x, y };
      if (event.pointerType !== 'touch' && moved) this.#handlers.hover(x, y);
      return;
    }
    if (this.#phase === 'pinching') {
      this.#pinch(event.pointerId, contact, x, y);
      return;
    }
    if (this.#phase === 'pressed') {
      const moved = Math.hypot(x - this.#pressedAt.x, y - this.#pressedAt.y);
      if (moved <= SLACK[event.pointerType === 'touch' ? 'touch' : 'mouse']) return;
      this.#handlers.leave();
      this.#phase = this.#drawsNow ? 'drawing' : 'panning';
      if (this.#drawsNow) this.#handlers.areaStart(this.#pressedAt.x, this.#pressedAt.y);
    }
    if (this.#phase === 'drawing') this.#handlers.areaMove(x, y);
    else if (this.#phase === 'panning') this.#handlers.pan(x - contact.x, y - contact.y);
    contact.x = x;
    contact.y = y;
  }

  /** Two fingers keep their places on the map: their middle moves the map, their distance zooms it. */
  #pinch(id: number, contact: Contact, x: number, y: number): void {
    const other = [...this.#contacts].find(([each]) => each !== id)?.[1];
    if (other !== undefined) {
      const before = Math.hypot(contact.x - other.x, contact.y - other.y);
      const after = Math.hypot(x - other.x, y - other.y);
      this.#handlers.pan((x - contact.x) / 2, (y - contact.y) / 2);
      if (before > 0 && after > 0) {
        this.#handlers.zoom(after / before, (x + other.x) / 2, (y + other.y) / 2);
      }
    }
    contact.x = x;
    contact.y = y;
  }

  #up(event: PointerEvent): void {
    if (!this.#contacts.delete(event.pointerId)) return;
    const { x, y } = this.#place(event);
    const phase = this.#phase;
    if (phase === 'pinching') {
      // A finger that stays down continues to move the map, and does not tap.
      this.#phase = this.#contacts.size > 1 ? 'pinching' : this.#contacts.size === 1 ? 'panning' : 'idle';
      return;
    }
    this.#phase = 'idle';
    if (phase === 'drawing') this.#handlers.areaEnd(event);
    if (phase === 'pressed' && event.button === 0) this.#tap(event, x, y);
  }

  #tap(event: PointerEvent, x: number, y: number): void {
    const isTouch = event.pointerType === 'touch';
    const last = this.#lastTap;
    const isDouble =
      last !== undefined &&
      event.timeStamp - last.time < DOUBLE.time &&
      Math.hypot(x - last.x, y - last.y) < DOUBLE.distance;
    this.#lastTap = isDouble ? undefined : { x, y, time: event.timeStamp };
    if (isDouble) this.#handlers.doubleTap(x, y, isTouch);
    else this.#handlers.tap(x, y, isTouch, event);
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const { x, y } = this.#place(event);
    // A pinch on a touchpad arrives as wheel events with Ctrl, in smaller steps.
    const pixels = event.deltaY * (WHEEL_UNITS[event.deltaMode] ?? 1) * (event.ctrlKey ? 5 : 1);
    this.#handlers.zoom(Math.exp(-WHEEL * Math.max(-400, Math.min(400, pixels))), x, y);
  }

  #place(event: MouseEvent): Contact {
    const { left, top } = this.#element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }
}
