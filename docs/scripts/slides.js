// The arrow keys, Home and End go from slide to slide. No module: a copy on disk works too. Without it the page scrolls.
(() => {
  const slides = [...document.querySelectorAll(".ve-slide")]
  const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Home: -slides.length, End: slides.length }

  const current = () => {
    const middle = innerHeight / 2
    const found = slides.findIndex(slide => slide.getBoundingClientRect().bottom > middle)
    return found < 0 ? slides.length - 1 : found
  }

  /** A slide that is taller than the screen is read to its end before the next one comes. */
  const hasMore = (slide, step) => {
    const { top, bottom } = slide.getBoundingClientRect()
    return step > 0 ? bottom > innerHeight + 2 : top < -2
  }

  addEventListener("keydown", event => {
    const step = steps[event.key]
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("a, button, input")) return
    const here = current()
    if (Math.abs(step) === 1 && hasMore(slides[here], step)) return
    event.preventDefault()
    const next = slides[Math.max(0, Math.min(slides.length - 1, here + step))]
    next.tabIndex = -1
    next.focus({ preventScroll: true })
    next.scrollIntoView()
  })
})()
