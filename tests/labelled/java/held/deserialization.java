package io.northwind.queue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.net.Socket;
import java.util.Set;

import com.caucho.hessian.io.HessianInput;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.TextMessage;

import org.apache.commons.lang3.SerializationUtils;

public class WorkQueueListener implements MessageListener {

    private static final Set<String> ACCEPTED = Set.of("io.northwind.queue.Job", "java.lang.String");

    private final Gson gson = new Gson();
    private final ObjectMapper open = new ObjectMapper();
    private final Kryo strict = new Kryo();

    public WorkQueueListener() {
        open.enableDefaultTyping(ObjectMapper.DefaultTyping.NON_FINAL); // flaw: deserialization
        strict.setRegistrationRequired(true);
        strict.register(Job.class);
    }

    @Override
    public void onMessage(Message message) {
        try {
            if (message instanceof TextMessage text) {
                Job job = gson.fromJson(text.getText(), Job.class); // fine: deserialization
                job.run();
            } else if (message instanceof BytesMessage bytes) {
                byte[] body = new byte[(int) bytes.getBodyLength()];
                bytes.readBytes(body);
                ((Job) decode(body)).run();
            }
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    public void serve(Socket peer) throws Exception {
        try (Socket s = peer; InputStream in = s.getInputStream()) {
            HessianInput hessian = new HessianInput(in);
            Object call = hessian.readObject(); // flaw: deserialization
            ((Job) call).run();
        }
    }

    public Job fromPeer(Socket peer) throws Exception {
        try (Input input = new Input(peer.getInputStream())) {
            return strict.readObject(input, Job.class); // fine: deserialization
        }
    }

    public Object fromAnyPeer(Socket peer) throws Exception {
        Kryo kryo = new Kryo();
        kryo.setRegistrationRequired(false);
        try (Input input = new Input(peer.getInputStream())) {
            return kryo.readClassAndObject(input); // flaw: deserialization
        }
    }

    public Object resolve(Socket peer) throws Exception {
        try (ListedInput in = new ListedInput(peer.getInputStream())) {
            return in.readObject(); // fine: deserialization
        }
    }

    public Job duplicate(Job job) {
        return SerializationUtils.clone(job); // fine: deserialization
    }

    private static Object decode(byte[] body) {
        return SerializationUtils.deserialize(new ByteArrayInputStream(body)); // flaw: deserialization
    }

    private static final class ListedInput extends ObjectInputStream {
        ListedInput(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass desc) throws IOException, ClassNotFoundException {
            if (!ACCEPTED.contains(desc.getName())) {
                throw new ClassNotFoundException("not accepted");
            }
            return super.resolveClass(desc);
        }
    }

    public static class Job implements java.io.Serializable {
        private static final long serialVersionUID = 2L;
        private int priority;

        void run() {
            priority++;
        }
    }
}
