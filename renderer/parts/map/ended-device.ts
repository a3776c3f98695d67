import type { Device } from "@luma.gl/core";

/**
 * Ends what was made around a graphics context, once its map is gone. deck.gl ends its own objects and leaves the device: that goes on listening
 * whether the page is shown at another ratio of pixels, and with it the page keeps canvas, map and everything that the map knew of, for as long as
 * the window stands open (luma.gl 9.4, CanvasObserver).
 */
export function endDevice(device: Device | null): void {
	device?.canvasContext?.destroy();
	device?.destroy();
}
