// On SIGTERM it takes no new connection. Clients that keep theirs are told to leave with their next answer, and idle ones
// are closed only after a while: so none sends a request on a connection that is being closed.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"
	"os/signal"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
)

const clientsPause = 1500 * time.Millisecond

var draining atomic.Bool

func quote(w http.ResponseWriter, r *http.Request) {
	ms, _ := strconv.Atoi(r.URL.Query().Get("ms"))
	time.Sleep(time.Duration(ms) * time.Millisecond)
	closeWhileDraining(w)
	fmt.Fprint(w, "done")
}

func events(w http.ResponseWriter, r *http.Request) {
	seconds, _ := strconv.Atoi(r.URL.Query().Get("seconds"))
	closeWhileDraining(w)
	w.Header().Set("Content-Type", "text/event-stream")
	for second := 0; second < seconds; second++ {
		fmt.Fprintf(w, "data: %d\n\n", second)
		w.(http.Flusher).Flush()
		time.Sleep(time.Second)
	}
	fmt.Fprint(w, "data: [DONE]\n\n")
}

func closeWhileDraining(w http.ResponseWriter) {
	if draining.Load() {
		w.Header().Set("Connection", "close")
	}
}

func main() {
	http.HandleFunc("/", quote)
	http.HandleFunc("/events", events)
	server := &http.Server{}
	listener, err := net.Listen("tcp", ":8080")
	if err != nil {
		log.Fatal(err)
	}
	sigterm, _ := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	go server.Serve(listener)
	<-sigterm.Done()
	draining.Store(true)
	listener.Close()
	time.Sleep(clientsPause)
	server.Shutdown(context.Background())
}
