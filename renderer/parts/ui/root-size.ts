import { useEffect, useState } from "react";

/** Pixels of one rem; follows the window, since the whole screen scales with it (parts/ui/screen.css). */
export function useRootSize(): number {
	const [size, setSize] = useState(rootSize);
	useEffect(() => {
		const measure = () => setSize(rootSize());
		window.addEventListener("resize", measure);
		return () => window.removeEventListener("resize", measure);
	}, []);
	return size;
}

export function rootSize(): number {
	return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
