import { useEffect } from "react";
import { createPortal } from "react-dom";
import { useLanguage } from "../../i18n/use-language.ts";
import { printWindow } from "../../state/desktop.ts";
import type { Paper } from "./order-papers.ts";
import styles from "./paper.module.css";

/** Prints a paper alone, and says when it has left. */
export function PaperPrint({
	paper,
	done,
}: {
	paper: Paper;
	done: () => void;
}) {
	const { t, format } = useLanguage();
	useEffect(() => {
		document.body.dataset.printPaper = "";
		const end = () => {
			delete document.body.dataset.printPaper;
			done();
		};
		addEventListener("afterprint", end, { once: true });
		void printWindow();
		return () => {
			removeEventListener("afterprint", end);
			delete document.body.dataset.printPaper;
		};
	}, [done]);
	return createPortal(
		<article
			className={styles.paper}
			data-testid="paper"
			data-paper={paper.kind}
		>
			{paper.exercise && <p className={styles.exercise}>{paper.exercise}</p>}
			<h1>{paper.title}</h1>
			<dl>
				{paper.about.map(([label, value]) => (
					<div key={label}>
						<dt>{label}</dt>
						<dd>{value}</dd>
					</div>
				))}
			</dl>
			{paper.note && <p>{paper.note}</p>}
			<table>
				<thead>
					<tr>
						{paper.heads.map((head) => (
							<th key={head}>{head}</th>
						))}
					</tr>
				</thead>
				<tbody>
					{paper.rows.map((row) => (
						<tr key={String(row[0])}>
							{row.map((cell, at) => (
								<td
									// biome-ignore lint/suspicious/noArrayIndexKey: the columns of a printed sheet do not move
									key={at}
									className={typeof cell === "number" ? "number" : undefined}
								>
									{typeof cell === "number" ? format.number(cell) : cell}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
			<div className={styles.signatures}>
				{paper.signatures.map(([role, name]) => (
					<div key={role}>
						<p>{role}</p>
						<p>{name || t("plan.paper.signature")}</p>
					</div>
				))}
			</div>
		</article>,
		document.body,
	);
}
