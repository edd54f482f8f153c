/** Objects elsewhere, in other boxes and other styles: what they will be once it has been done. */

import type { BoardObject, Point, Rect, StyleChange } from "../../session/api";
import { frameOf, type Measure } from "./bounds";

export function moved<T extends BoardObject>(object: T, by: Point): T {
  const shift = (point: Point): Point => ({ x: point.x + by.x, y: point.y + by.y });
  switch (object.kind) {
    case "picture":
      return { ...object, box: { ...object.box, ...shift(object.box) } };
    case "text":
      return { ...object, at: shift(object.at) };
    case "drawing":
      return {
        ...object,
        points: object.points.map(shift),
        ...(object.rotation && { rotation: { ...object.rotation, axis: shift(object.rotation.axis) } }),
      };
  }
}

/** The object in another box; `degrees` about the middle of that box. */
export function reshaped(object: BoardObject, box: Rect, degrees: number | undefined, measure: Measure): BoardObject {
  switch (object.kind) {
    case "picture":
      return { ...object, box };
    case "text": {
      const scale = box.height / Math.max(frameOf(object, measure).height, 1);
      const size = Math.max(4, Math.round(object.font.size * scale));
      return { ...object, at: { x: box.x, y: box.y }, font: { ...object.font, size } };
    }
    case "drawing": {
      const old = frameOf(object, measure);
      const across = old.width > 0 ? box.width / old.width : 0;
      const down = old.height > 0 ? box.height / old.height : 0;
      const points = object.points.map((point) => ({
        x: Math.round(box.x + (point.x - old.x) * across),
        y: Math.round(box.y + (point.y - old.y) * down),
      }));
      const turned = degrees ?? object.rotation?.degrees ?? 0;
      const axis = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
      const { rotation: _, ...rest } = object;
      return { ...rest, points, ...(turned !== 0 && { rotation: { degrees: turned, axis } }) };
    }
  }
}

/** Of text, pen and fill are its two colours. */
export function restyled(object: BoardObject, style: StyleChange): BoardObject {
  switch (object.kind) {
    case "drawing":
      return { ...object, style: { ...object.style, ...style } };
    case "text":
      return { ...object, color: style.pen ?? object.color, background: style.fill ?? object.background };
    case "picture":
      return object;
  }
}
