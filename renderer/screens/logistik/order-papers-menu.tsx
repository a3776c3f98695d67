import { Button } from "@mantine/core";
import { useCallback, useState } from "react";
import type { ItemVersion } from "../../../core/api/items.ts";
import type { OrderRow } from "../../../core/api/orders.ts";
import { OrderOf } from "../../../core/api/orders.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { csvTable, EXCEL } from "../../parts/ui/csv.ts";
import { useSave } from "../../parts/ui/save.tsx";
import { sheetBook } from "../../parts/ui/workbook.ts";
import { useAnswer } from "../../state/answers.ts";
import { useConnection } from "../../state/connection.ts";
import {
	type OrderPaper,
	type Paper,
	paperName,
	paperOf,
	papersOf,
	sheetOf,
} from "./order-papers.ts";
import { pdfOf } from "./paper-pdf.ts";
import { PaperPrint } from "./paper-print.tsx";
import styles from "./plan.module.css";

/** The steps of an order as they were taken, and its papers, printed or as files. */
export function OrderPapers({
	order,
	items,
}: {
	order: OrderRow;
	items: ReadonlyMap<string, ItemVersion>;
}) {
	const { t, format, language } = useLanguage();
	const dataset = useConnection(({ state }) => state?.dataset);
	const { data } = useAnswer(OrderOf, { order: order.id });
	const [printed, setPrinted] = useState<Paper | null>(null);
	const done = useCallback(() => setPrinted(null), []);
	const { save, notice } = useSave();
	if (!data) return null;
	const write = (paper: OrderPaper): Paper =>
		paperOf(paper, data.order, data.steps, {
			t,
			format,
			item: (id) => {
				const about = items.get(id);
				return {
					name: about?.name[language] ?? id,
					unit: about
						? t(`logistics.catalogueUnit.${about.unit as "Each"}`)
						: "",
				};
			},
			exercise: dataset?.exercise ? dataset.label : null,
		});
	return (
		<div className={styles.step}>
			<ul className={styles.why}>
				{data.steps.map((step) => (
					<li key={step.number}>
						{t(`decision.order.step.${step.kind}`)}{" "}
						{t("plan.orders.by", {
							person: step.display,
							day: format.day(step.day),
						})}
						{!step.holds &&
							step.kind !== "take-back" &&
							` (${t("plan.orders.back")})`}
						{step.note && `: ${step.note}`}
					</li>
				))}
			</ul>
			{papersOf(data.order, data.steps).map((one) => (
				<span key={one.name} className={styles.pins}>
					<Button
						size="compact-xs"
						variant="default"
						data-testid={`paper-print-${one.name}`}
						onClick={() => setPrinted(write(one))}
					>
						{t("plan.paper.print", { kind: one.name })}
					</Button>
					<Button
						size="compact-xs"
						variant="default"
						data-testid={`paper-pdf-${one.name}`}
						onClick={() => {
							const paper = write(one);
							void save(
								paperName(paper, "pdf"),
								() => pdfOf(paper, format.number, t("plan.paper.signature")),
								"application/pdf",
							);
						}}
					>
						{t("plan.paper.pdf", { kind: one.name })}
					</Button>
					<Button
						size="compact-xs"
						variant="default"
						data-testid={`paper-xlsx-${one.name}`}
						onClick={() => {
							const paper = write(one);
							void save(
								paperName(paper, "xlsx"),
								() => sheetBook(one.name, sheetOf(paper)),
								"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
							);
						}}
					>
						{t("plan.paper.xlsx", { kind: one.name })}
					</Button>
					<Button
						size="compact-xs"
						variant="default"
						data-testid={`paper-csv-${one.name}`}
						onClick={() => {
							const paper = write(one);
							void save(
								paperName(paper, "csv"),
								() =>
									csvTable(
										[
											t("plan.paper.number"),
											...paper.heads,
											...(paper.exercise === null
												? []
												: [t("export.exercise")]),
										],
										paper.rows.map((row) => [
											{ value: paper.number, kind: "text" as const },
											...row.map((value) => ({
												value,
												kind:
													typeof value === "number"
														? ("number" as const)
														: ("text" as const),
											})),
											...(paper.exercise === null
												? []
												: [
														{
															value: dataset?.label ?? "",
															kind: "text" as const,
														},
													]),
										]),
										EXCEL,
									),
								"text/csv;charset=utf-8",
							);
						}}
					>
						{t("plan.paper.csv", { kind: one.name })}
					</Button>
				</span>
			))}
			{notice}
			{printed && <PaperPrint paper={printed} done={done} />}
		</div>
	);
}
