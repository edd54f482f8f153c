import type { ToolName } from "../state.svelte";
import { EraserTool } from "./eraser";
import { HandTool } from "./hand";
import { InkTool } from "./ink";
import { LaserTool } from "./laser";
import { SelectTool } from "./select";
import { ShapeTool } from "./shape";
import { TextTool } from "./text";
import type { Bench, Tool } from "./tool";

/** One of each. What is chosen for pictures is a dialog, and until they are there one selects. */
export function allTools(bench: Bench): Record<ToolName, Tool> & { select: SelectTool } {
  const select = new SelectTool(bench);
  return {
    select,
    rectangle: new ShapeTool(bench, "rectangle"),
    diamond: new ShapeTool(bench, "diamond"),
    ellipse: new ShapeTool(bench, "ellipse"),
    arrow: new ShapeTool(bench, "arrow"),
    line: new ShapeTool(bench, "line"),
    pen: new InkTool(bench, () => bench.state.ink),
    marker: new InkTool(bench, () => bench.state.marker),
    text: new TextTool(bench),
    image: select,
    eraser: new EraserTool(bench),
    hand: new HandTool(),
    laser: new LaserTool(bench),
  };
}
