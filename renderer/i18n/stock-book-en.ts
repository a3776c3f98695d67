import type { LaterTexts } from "./texts.ts";

/** The texts of stock-book-id.ts in English. */
export const stockBookEn: LaterTexts<"stockBook"> = {
	title: "Book of stock",
	facility: "Warehouse or facility",
	item: "Item",
	none: "There is no sheet of stock of {{item}} at {{facility}} yet.",
	noFacilities: "There is no warehouse or facility in this area.",
	column: {
		from: "From",
		to: "To",
		opening: "Opening",
		received: "Received",
		given: "Given out",
		book: "By the book",
		counted: "Counted",
		gap: "Gap",
		newGap: "New gap",
		source: "Source",
	},
	gapNow:
		"On {{day}} {{counted}} were counted, {{book}} by the book: nobody has accounted for the gap of {{gap}} {{unit}}.",
	noGap: "On {{day}} the count is what the book says.",
	unknownGap: "The gap cannot be told: the book or its count is not complete.",
	how: "Book: opening + received − given out, carried on from period to period. Gap = counted − book; an old one stays in sight until somebody accounts for it. What is empty was not reported, which is no zero.",
};
