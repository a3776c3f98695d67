import type { Paper } from "./order-papers.ts";

/** Millimetres of an A4 sheet. */
const WIDTH = 210;
const HEIGHT = 297;
const MARGIN = 15;
const LINE = 5.2;
/** Room for two signatures and the names below them. */
const SIGNATURES = 42;

/**
 * A paper as a PDF file: the form as it is printed, on as many sheets as it takes, each with its number; the signatures stand whole on the last.
 * @param number how a count is written
 */
export async function pdfOf(
	paper: Paper,
	number: (value: number) => string,
	unsigned: string,
): Promise<Uint8Array<ArrayBuffer>> {
	const [{ jsPDF: Pdf }, { autoTable }] = await Promise.all([
		import("jspdf"),
		import("jspdf-autotable"),
	]);
	const pdf = new Pdf({ unit: "mm", format: "a4", compress: true });
	pdf.setProperties({ title: paper.number, subject: paper.title });
	const text = (
		of: string,
		x: number,
		y: number,
		look: "bold" | "normal" = "normal",
		align: "left" | "center" = "left",
	) => {
		pdf.setFont("helvetica", look);
		pdf.text(latin(of), x, y, { align });
	};
	let y = MARGIN + (paper.exercise === null ? 4 : 12);
	pdf.setFontSize(13);
	text(paper.title, WIDTH / 2, y, "bold", "center");
	y += 9;
	pdf.setFontSize(9.5);
	for (const [label, value] of paper.about) {
		const lines: string[] = pdf.splitTextToSize(
			latin(value),
			WIDTH - 2 * MARGIN - 42,
		);
		text(label, MARGIN, y);
		for (const [at, line] of lines.entries())
			text(at === 0 ? `: ${line}` : `  ${line}`, MARGIN + 40, y + at * LINE);
		y += lines.length * LINE;
	}
	if (paper.note !== null) {
		y += 2;
		for (const line of pdf.splitTextToSize(
			latin(paper.note),
			WIDTH - 2 * MARGIN,
		) as string[]) {
			text(line, MARGIN, y);
			y += LINE;
		}
	}
	/** Of a column of numbers also the head stands at the right. */
	const right = (column: number) =>
		paper.rows.some((row) => typeof row[column] === "number") && column > 0;
	autoTable(pdf, {
		startY: y + 1,
		margin: { left: MARGIN, right: MARGIN, top: MARGIN + 8, bottom: MARGIN },
		theme: "grid",
		styles: {
			font: "helvetica",
			fontSize: 8.5,
			cellPadding: 1.4,
			textColor: 0,
			lineColor: 90,
		},
		headStyles: { fillColor: 230, textColor: 0, fontStyle: "bold" },
		head: [paper.heads.map(latin)],
		body: paper.rows.map((row) =>
			row.map((cell) =>
				cell === null
					? ""
					: typeof cell === "number"
						? number(cell)
						: latin(cell),
			),
		),
		columnStyles: Object.fromEntries(
			paper.heads.map((_, at) => [
				at,
				{ halign: right(at) ? "right" : "left" },
			]),
		),
		didParseCell: ({ section, column, cell }) => {
			if (section === "head" && right(column.index))
				cell.styles.halign = "right";
		},
	});
	const end = (pdf as unknown as { lastAutoTable: { finalY: number } })
		.lastAutoTable.finalY;
	if (end + SIGNATURES > HEIGHT - MARGIN) {
		pdf.addPage();
		y = MARGIN + 18;
	} else y = end + 12;
	pdf.setFontSize(9.5);
	const half = (WIDTH - 2 * MARGIN) / paper.signatures.length;
	for (const [at, [role, name]] of paper.signatures.entries()) {
		const middle = MARGIN + half * (at + 0.5);
		text(role, middle, y, "normal", "center");
		text(name || unsigned, middle, y + 26, name ? "bold" : "normal", "center");
		pdf.line(middle - 30, y + 27.5, middle + 30, y + 27.5);
	}
	const pages = pdf.getNumberOfPages();
	for (let page = 1; page <= pages; page++) {
		pdf.setPage(page);
		if (paper.exercise !== null) {
			pdf.setFontSize(10);
			text(paper.exercise, WIDTH / 2, MARGIN, "bold", "center");
			pdf.rect(MARGIN, MARGIN - 5, WIDTH - 2 * MARGIN, 7.5);
		}
		pdf.setFontSize(8);
		text(`${paper.number} · ${page}/${pages}`, MARGIN, HEIGHT - 8);
	}
	return new Uint8Array(pdf.output("arraybuffer") as ArrayBuffer);
}

/** The fonts that every reader of PDF has know the letters of Windows-1252; signs beside it are written with what stands for them. */
function latin(text: string): string {
	return text
		.replaceAll("−", "-")
		.replaceAll("→", "->")
		.replaceAll("≥", ">=")
		.replaceAll("≤", "<=")
		.normalize("NFC");
}
