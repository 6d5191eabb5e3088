/*
 * A drawing of a page in mermaid's language, made in the browser: mermaid, as its makers have bundled it, lies on the site and comes with the
 * first page that has a drawing. Without JavaScript, and until then, its text shows.
 */
import { useData, withBase } from "vitepress";
import { defineComponent, h, onMounted, ref, watch } from "vue";

let count = 0;

export const MermaidDrawing = defineComponent({
	props: { number: { type: Number, required: true }, text: { type: String, required: true } },
	setup(props) {
		const { isDark } = useData();
		const text = decodeURIComponent(props.text);
		const drawn = ref("");
		const draw = async () => {
			const { default: mermaid } = await import(/* @vite-ignore */ withBase("/mermaid/mermaid.esm.min.mjs"));
			mermaid.initialize({
				startOnLoad: false,
				securityLevel: "strict",
				theme: isDark.value ? "dark" : "default",
				fontFamily: "inherit",
			});
			count += 1;
			drawn.value = (await mermaid.render(`drawing-${count}`, text)).svg;
		};
		onMounted(draw);
		watch(isDark, draw);
		const frame = { class: "drawing", tabindex: 0, role: "region", "aria-label": `Drawing ${props.number}` };
		return () => (drawn.value === "" ? h("pre", frame, text) : h("div", { ...frame, innerHTML: drawn.value }));
	},
});
