import type { WrongLabel } from "./label-order.ts";
import type { RepeatedDay } from "./repeated-day.ts";

/** What is noticed of a file as a whole, and kept with it. */
export type FileRemark = RepeatedDay | WrongLabel;
